# The studio in a container, on the CPU. Build: docker build -t omnigen2-studio .   Run: docker run -p 7860:7860 -v omnigen2-data:/data omnigen2-studio
# One's own checkpoint: -v /models/OmniGen2:/model:ro -e Model__Path=/model

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS dotnet

FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libicu72 libssl3 libtorch-dev libopenblas0-openmp g++ cmake ninja-build && rm -rf /var/lib/apt/lists/*
COPY --from=dotnet /usr/share/dotnet /usr/share/dotnet
ENV PATH="$PATH:/usr/share/dotnet" DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /source
COPY . .
RUN dotnet publish src/OmniGen2.Web -c Release -o /studio

FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl libicu72 libssl3 libtorch1.13 libopenblas0-openmp libvips42 libsqlite3-0 && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 studio && install -d -o studio /data
COPY --from=dotnet /usr/share/dotnet/dotnet /usr/share/dotnet/dotnet
COPY --from=dotnet /usr/share/dotnet/host /usr/share/dotnet/host
COPY --from=dotnet /usr/share/dotnet/shared /usr/share/dotnet/shared
COPY --from=build /studio /studio
COPY models /models
USER studio
ENV Model__Path=/models/omnigen2-mini Studio__DataPath=/data
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s CMD curl -fsS http://127.0.0.1:7860/healthz || exit 1
ENTRYPOINT ["/usr/share/dotnet/dotnet", "/studio/OmniGen2.Web.dll", "--urls", "http://0.0.0.0:7860"]
