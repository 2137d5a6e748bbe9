# The studio in a container.  CPU: docker build -t omnigen2-studio .   Run: docker run -p 7860:7860 -v omnigen2-data:/data omnigen2-studio
# CUDA: docker build --build-arg BASE=nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04 --build-arg LIBTORCH_URL=https://… -t omnigen2-studio .
#   LIBTORCH_URL is the zip of a libtorch for that CUDA; without it Debian's own, for the CPU, is taken.
# One's own checkpoint: -v /models/OmniGen2:/model:ro -e Model__Path=/model

ARG BASE=debian:12-slim

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS dotnet

FROM ${BASE} AS build
ARG LIBTORCH_URL=
COPY eng/container.sh /container.sh
RUN /container.sh build
COPY --from=dotnet /usr/share/dotnet /usr/share/dotnet
ENV PATH="$PATH:/usr/share/dotnet" DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /source
COPY . .
RUN if [ -d /opt/libtorch ]; then export LIBTORCH=/opt/libtorch; fi; dotnet publish src/OmniGen2.Web -c Release -o /studio

FROM ${BASE}
ARG LIBTORCH_URL=
COPY eng/container.sh /container.sh
RUN /container.sh run
COPY --from=dotnet /usr/share/dotnet/dotnet /usr/share/dotnet/dotnet
COPY --from=dotnet /usr/share/dotnet/host /usr/share/dotnet/host
COPY --from=dotnet /usr/share/dotnet/shared /usr/share/dotnet/shared
COPY --from=build /opt /opt
COPY --from=build /studio /studio
COPY models /models
USER studio
ENV Model__Path=/models/omnigen2-mini Studio__DataPath=/data LD_LIBRARY_PATH=/opt/libtorch/lib
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s CMD curl -fsS http://127.0.0.1:7860/healthz || exit 1
ENTRYPOINT ["/usr/share/dotnet/dotnet", "/studio/OmniGen2.Web.dll", "--urls", "http://0.0.0.0:7860"]
