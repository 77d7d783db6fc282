import { Hono } from "hono";
import { html } from "hono/html";
import type { AppEnv } from "../router.ts";

const SPECIFICATION = "/api/v1/openapi.json";

/** Swagger UI and ReDoc, from this Worker's own static assets: no page of ours loads code from elsewhere. */
export const docs = new Hono<AppEnv>()
  .get("/docs", (c) =>
    c.html(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Ancre API</title>
    <link rel="stylesheet" href="/_static/swagger-ui/swagger-ui.css" />
    <link rel="icon" href="/_static/swagger-ui/favicon-32x32.png" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/_static/swagger-ui/swagger-ui-bundle.js"></script>
    <script>
      SwaggerUIBundle({ url: "${SPECIFICATION}", dom_id: "#swagger-ui", deepLinking: true });
    </script>
  </body>
</html>`),
  )
  .get("/redoc", (c) =>
    c.html(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Ancre API reference</title>
    <style>
      body {
        margin: 0;
      }
    </style>
  </head>
  <body>
    <redoc spec-url="${SPECIFICATION}" disable-search="false"></redoc>
    <script src="/_static/redoc/redoc.standalone.js"></script>
  </body>
</html>`),
  );
