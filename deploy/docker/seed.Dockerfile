# A seed: holds the studies, the work queue and the HTTP API. Build from the root of the repository:
#   docker build -f deploy/docker/seed.Dockerfile -t ivim-seed:0.1.0 .
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY . .
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
RUN dotnet publish src/Ivim.Cluster.Seed -c Release -p:CopyOutputSymbolsToPublishDirectory=false -o /app

# No shell and no package manager, and a user who owns nothing: what it may write is mounted.
FROM ${RUNTIME_IMAGE}
COPY --from=build /app /app
# .NET looks for a certificate store at home, and this user has none of its own.
ENV HOME=/tmp DOTNET_gcServer=0 OMP_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE
WORKDIR /tmp
USER 65532:65532
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/Ivim.Cluster.Seed.dll"]
