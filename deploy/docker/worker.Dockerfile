# A worker, and the `ivim` command. Build from the root of the repository:
#   docker build -f deploy/docker/worker.Dockerfile -t ivim-worker:0.1.0 .
#   docker build -f deploy/docker/worker.Dockerfile --build-arg TORCH_BACKEND=cuda -t ivim-worker:0.1.0-cuda .
# The CUDA build needs the package TorchSharp-cuda-linux, which not every package source has; it was never built here.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
ARG TORCH_BACKEND=cpu
# libtorch needs the OpenMP runtime, which the runtime image does not have.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgomp1 \
 && install -D "$(readlink -f /usr/lib/x86_64-linux-gnu/libgomp.so.1)" /native/libgomp.so.1
WORKDIR /source
COPY . .
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 TorchBackend=${TORCH_BACKEND}
# Into one folder: libtorch, 460 MB, serves both.
RUN dotnet publish src/Ivim.Cluster.Worker -c Release -p:CopyOutputSymbolsToPublishDirectory=false -o /app
RUN dotnet publish src/Ivim.Cli -c Release -p:CopyOutputSymbolsToPublishDirectory=false -o /app

# No shell and no package manager, and a user who owns nothing: what it may write is mounted.
FROM ${RUNTIME_IMAGE}
COPY --from=build /native/libgomp.so.1 /usr/lib/x86_64-linux-gnu/libgomp.so.1
COPY --from=build /app /app
# .NET looks for a certificate store at home, and this user has none of its own. The last lets the NVIDIA container runtime bring
# CUDA's driver along; which GPUs a container sees is the cluster's word.
ENV HOME=/tmp DOTNET_gcServer=0 OMP_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
WORKDIR /tmp
USER 65532:65532
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/Ivim.Cluster.Worker.dll"]
