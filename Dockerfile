# syntax=docker/dockerfile:1
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
# ./data holds the embedded PostgreSQL where no DATABASE_URL is set.
RUN mkdir data && chown node:node data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY mappings ./mappings
COPY profiles ./profiles
COPY LICENSE ./
USER node
VOLUME /app/data
EXPOSE 8103
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8103/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The service listens on loopback alone until it can authorize callers: run it in the host's network, or let a
# gateway that authenticates share its network (README, "In a container").
CMD ["node", "dist/cli/cartograph.js", "serve"]
