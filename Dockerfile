FROM python:3.12.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 VAR_DIR=/var/lib/muster
RUN useradd --uid 10001 muster && install --directory --owner muster "$VAR_DIR" "$VAR_DIR/exports" "$VAR_DIR/releases"
WORKDIR /app

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt

COPY . .
USER 10001
RUN SECRET_KEY="only for this step" ALLOWED_HOSTS=localhost \
    python manage.py collectstatic --no-input --verbosity 0

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s \
    CMD ["python", "deploy/healthcheck.py"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
    "--workers", "2", "--blocking-threads", "4", "--log-level", "warning", \
    "config.wsgi:application"]
