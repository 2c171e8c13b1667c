"""The tables in PostgreSQL, their numbered changes, and the statements on their rows.

A change that was ever released is never edited: the next one is added below it, and
leaves what the release before it reads and writes as it is, because during an update
both run side by side. Each statement names its parameters as `bot.stores.postgres`
gives them: arrays, so that a whole batch is one statement. No two statements name
different things alike, for they are sent in groups.
"""

from __future__ import annotations

from typing import Final

# conversation: one row a person, under a keyed name. forget_at: seconds since 1970,
#   rounded up to five minutes or less; negative where notes alone are left. Room is
#   left in each page, so that a turn's new row fits beside the old one and no index is
#   touched. What is sealed cannot be compressed.
# claim: updates that were acted on, as keyed hashes; day: days since 1970.
# counts: numbers of people, in the order of what they are about; week: its Monday;
#   rank: the place of the value in the author's list. The order of texts is that of
#   their bytes, on every server.
CHANGES: Final = (
    (
        """
        CREATE TABLE conversation
        (name bytea PRIMARY KEY, sealed bytea NOT NULL, forget_at bigint NOT NULL)
        WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02)
        """,
        "ALTER TABLE conversation ALTER COLUMN sealed SET STORAGE EXTERNAL",
        "CREATE TABLE claim (receipt bytea PRIMARY KEY, day integer NOT NULL)",
        "CREATE INDEX claim_day ON claim (day)",
    ),
    (
        """
        CREATE TABLE counts
        (week text COLLATE "C", flow text COLLATE "C", version text COLLATE "C",
        measure text COLLATE "C", value text COLLATE "C",
        rank integer NOT NULL, people integer NOT NULL,
        PRIMARY KEY (week, flow, version, measure, value))
        """,
    ),
)

# Replicas that start together change the tables one after another. Any number will do,
# as long as every version of Waymark uses the same.
CHANGING_ALONE: Final = "SELECT pg_advisory_xact_lock(20261124)"
MAKE_VERSION: Final = (
    "CREATE TABLE IF NOT EXISTS waymark_version (version integer NOT NULL)"
)
HAS_VERSION: Final = "SELECT to_regclass('waymark_version') IS NOT NULL"
# What `waymark doctor` tries, and takes back.
TRY_TO_MAKE: Final = "CREATE TABLE waymark_doctor (tried integer)"
TRY_TO_KEEP: Final = """
    INSERT INTO conversation (name, sealed, forget_at) VALUES ('', '', 0)
    """
FIND_VERSION: Final = "SELECT version FROM waymark_version"
REMOVE_VERSION: Final = "DELETE FROM waymark_version"
KEEP_VERSION: Final = "INSERT INTO waymark_version (version) VALUES (%(version)s)"

# A row that is not there cannot be locked. So whoever has none gets an empty one, which
# no other transaction ever sees. `WHERE false`: a row that is there is locked and stays
# as it is. All lock in the same order, so that none waits for another in a circle.
LOCK_ROWS: Final = """
    INSERT INTO conversation (name, sealed, forget_at)
    SELECT name, '', 0 FROM unnest(%(names)s::bytea[]) AS asked (name) ORDER BY name
    ON CONFLICT (name) DO UPDATE SET name = excluded.name WHERE false
    """
FIND_ROWS: Final = """
    SELECT name, sealed FROM conversation
    WHERE name = ANY (%(names)s::bytea[]) AND sealed <> ''
    """
FIND_CLAIMS: Final = (
    "SELECT receipt FROM claim WHERE receipt = ANY (%(receipts)s::bytea[])"
)
KEEP_ROWS: Final = """
    INSERT INTO conversation (name, sealed, forget_at)
    SELECT * FROM unnest(%(kept)s::bytea[], %(sealed)s::bytea[], %(until)s::bigint[])
    ON CONFLICT (name)
    DO UPDATE SET sealed = excluded.sealed, forget_at = excluded.forget_at
    """
REMOVE_ROWS: Final = "DELETE FROM conversation WHERE name = ANY (%(gone)s::bytea[])"
CLAIM: Final = """
    INSERT INTO claim (receipt, day)
    SELECT receipt, %(day)s FROM unnest(%(claims)s::bytea[]) AS used (receipt)
    """
# Whoever is in the middle of a turn is not past, and nobody waits.
FIND_PAST_ROWS: Final = """
    SELECT name, sealed FROM conversation
    WHERE name > %(after)s
    AND (abs(forget_at) <= %(now)s OR (%(left)s AND forget_at < 0))
    ORDER BY name LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
    """
REMOVE_PAST_CLAIMS: Final = "DELETE FROM claim WHERE day < %(first_day)s"
COUNT: Final = """
    INSERT INTO counts (week, flow, version, measure, value, rank, people)
    SELECT * FROM unnest(
        %(week)s::text[], %(flow)s::text[], %(version)s::text[], %(measure)s::text[],
        %(value)s::text[], %(rank)s::integer[], %(people)s::integer[]
    )
    ON CONFLICT (week, flow, version, measure, value)
    DO UPDATE SET people = counts.people + excluded.people
    """
COUNTS: Final = """
    SELECT week, flow, version, measure, value, rank, people FROM counts
    ORDER BY week, flow, version, measure, value
    """
SOME_ROWS: Final = """
    SELECT name, sealed FROM conversation WHERE sealed <> '' LIMIT %(most)s
    """
REMOVE_PAST_COUNTS: Final = "DELETE FROM counts WHERE week < %(before)s RETURNING week"
