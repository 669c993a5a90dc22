# The wheel, run by an ordinary user:
#   docker build -t quotewell .
#   docker run -p 8501:8501 -v quotewell:/home/quotewell/data quotewell
FROM python:3.11-slim AS wheel
COPY . /source
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel /source

FROM python:3.11-slim
# An index with torch's build for processors saves gigabytes: --build-arg PIP_EXTRA_INDEX_URL=…
ARG PIP_EXTRA_INDEX_URL
COPY constraints.txt /tmp/constraints.txt
COPY --from=wheel /wheel /wheel
RUN pip install --no-cache-dir --constraint /tmp/constraints.txt /wheel/*.whl \
    && useradd --create-home --uid 1000 quotewell
USER 1000
WORKDIR /home/quotewell
# The index belongs to the image: it is built from the corpus in it. What visitors say is in the volume.
ENV QUOTEWELL_HOME=/home/quotewell/data QUOTEWELL_INDEX=/home/quotewell/index
RUN mkdir data && quotewell build
VOLUME /home/quotewell/data
EXPOSE 8501
CMD ["quotewell", "serve", "--host", "0.0.0.0"]
