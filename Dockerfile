ARG PYTHON_IMAGE=python:3.13-slim
FROM ${PYTHON_IMAGE} AS builder
ENV PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY requirements.lock ./
RUN pip install --quiet --no-cache-dir --no-compile --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY flows ./flows
# What installs is not needed to run. Bytecode is bound to no file time, so a copy keeps it.
# A checkout made under a strict umask would be closed to the user below.
RUN pip install --quiet --no-cache-dir --no-compile --no-deps --no-build-isolation --editable . \
 && pip uninstall --quiet --yes setuptools pip \
 && python -m compileall -q --invalidation-mode unchecked-hash /opt/venv/lib bot \
 && waymark check \
 && chmod -R a+rX /app

FROM ${PYTHON_IMAGE}
# The official images leave the standard library uncompiled, and a read-only root never could:
# without this every start would compile it again.
RUN python -m compileall -q -x '/(site|dist)-packages/' "$(python -c 'import os; print(os.path.dirname(os.__file__))')" \
 && useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin waymark \
 && install -d -o waymark -g waymark -m 700 /data
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder /app /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WAYMARK_DATA=/data
WORKDIR /app
USER 10001
VOLUME /data
# Straight to itself, whatever proxy the container is told to use.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('http://127.0.0.1:8081/live', timeout=4)"]
ENTRYPOINT ["waymark"]
CMD ["run"]
