# The service as an image: the wheel, its pinned requirements, no root.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.txt requirements-build.txt ./
RUN python -m venv /opt/graph-service \
 && /opt/graph-service/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.txt \
 && pip install --no-cache-dir --no-deps --require-hashes --requirement requirements-build.txt
COPY . .
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /dist . \
 && /opt/graph-service/bin/pip install --no-cache-dir --no-deps /dist/*.whl \
 && /opt/graph-service/bin/pip uninstall --yes pip

FROM python:3.12-slim
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin graph-service \
 && install --directory --owner=graph-service --group=graph-service --mode=0700 /data
COPY --from=build /opt/graph-service /opt/graph-service
# The embedded engine keeps its store in /data; with NEO4J_URI set nothing is written there.
ENV PATH=/opt/graph-service/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GRAPH_SERVICE_DATA_DIR=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["graph-service", "serve", "--host", "0.0.0.0"]
