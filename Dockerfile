# The wheel, run by an ordinary user; the image that serves has nothing in it that only building needs:
#   docker build -t quotewell .
#   docker run -p 8501:8501 -v quotewell:/home/quotewell/data quotewell
FROM python:3.11-slim AS wheel
COPY . /source
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel /source

# Builds the index of the corpus that comes with the wheel.
FROM python:3.11-slim AS index
# An index with torch's build for processors saves gigabytes: --build-arg PIP_EXTRA_INDEX_URL=…
ARG PIP_EXTRA_INDEX_URL
COPY constraints.txt /tmp/constraints.txt
COPY --from=wheel /wheel /wheel
RUN pip install --no-cache-dir --constraint /tmp/constraints.txt "$(ls /wheel/*.whl)[build]"
RUN QUOTEWELL_HOME=/tmp/home QUOTEWELL_INDEX=/index quotewell build

FROM python:3.11-slim
COPY constraints.txt /tmp/constraints.txt
COPY --from=wheel /wheel /wheel
RUN pip install --no-cache-dir --constraint /tmp/constraints.txt /wheel/*.whl \
    && useradd --create-home --uid 1000 quotewell
COPY --from=index --chown=1000 /index /home/quotewell/index
USER 1000
WORKDIR /home/quotewell
# The index belongs to the image. What visitors say is in the volume.
ENV QUOTEWELL_HOME=/home/quotewell/data QUOTEWELL_INDEX=/home/quotewell/index
RUN mkdir data
VOLUME /home/quotewell/data
EXPOSE 8501
CMD ["quotewell", "serve", "--host", "0.0.0.0"]
