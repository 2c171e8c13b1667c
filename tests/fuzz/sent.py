"""What chance chooses from: words, buttons, languages, kinds."""

from hypothesis import strategies as st

from tests.telegram.any_update import SURROGATE, TEXTS, kinds

WHO, WAITS, KIND = st.integers(0, 2), st.booleans(), st.sampled_from(kinds())
CODES = st.sampled_from(
    (
        *("en", "cy", "ur", "", "cy-GB", "EN", "x" * 300, "🏴", f"c{SURROGATE}"),
        *("../cy", "\u202e"),
    )
)
WORDS = st.sampled_from(
    (
        *(*TEXTS, "he is outside", "he has a knife", "i want to die", "exit", "hello"),
        *(
            "close this",
            "nid wyf yn ddiogel",
            "done",
            "none",
            "skip",
            "101",
            "what now",
        ),
        *("no not right now", "he was outside last year", "my friend is scared"),
    )
)
TEXT = st.one_of(
    WORDS, st.text(max_size=80), st.text(st.characters(categories=["Cs", "Cf", "Mn"]))
)
STEPS = (
    *("welcome", "right_now", "which_of_four", "call_999", "which_nation", "more_help"),
    *("what_is_kept", "safe_phone", "are_you_safe", "stay_alive", "tell_police", ""),
)
DATA = st.one_of(
    st.none(),
    st.sampled_from(("zzz", "to_q9", ":::", "1:x:danger:on", "0:x:leave", "9::danger")),
    st.text(max_size=20),
    st.builds(
        "{}:{}:{}{}".format,
        st.sampled_from(("1", "0", "2", "", "999")),
        st.sampled_from(STEPS),
        st.sampled_from(
            (
                *("me", "not_now", "now", "back", "done", "skip", "seen", "restart"),
                *("fixated", "repeated", "go_on", "report", "language_cy", "zz"),
                *("danger", "leave", "privacy", "call_999", "NEXT", "next"),
            )
        ),
        st.sampled_from(("", ":on", ":off", ":maybe")),
    ),
)
