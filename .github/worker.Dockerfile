# A worker for campaigns whose trials the built-in trainer runs. Its context is a published program:
#   dotnet publish src/HyperSearch.Cli -c Release -r linux-x64 --self-contained -o out
#   docker build -f .github/worker.Dockerfile -t hypersearch-worker out
# For commands, add what they need (python3, …).
FROM debian:stable-slim
# .NET brings no TLS of its own on Linux.
RUN apt-get update && apt-get install -y --no-install-recommends openssl && rm -rf /var/lib/apt/lists/*
COPY . /program
VOLUME /work
ENTRYPOINT ["/program/hypersearch", "worker", "--work", "/work"]
