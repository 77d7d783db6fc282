import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

declare module "@remix-run/cloudflare" {
  interface Future {
    v3_singleFetch: true;
  }
}

const apiUrl = process.env.ANCRE_API_URL ?? `http://127.0.0.1:${process.env.ANCRE_API_PORT ?? "8787"}`;
const webPort = Number(process.env.ANCRE_WEB_PORT ?? "5173");

export default defineConfig({
  plugins: [
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: true,
        v3_singleFetch: true,
        v3_routeConfig: true,
      },
    }),
  ],
  server: {
    host: "127.0.0.1",
    port: webPort,
    strictPort: true,
    proxy: { "/api": { target: apiUrl } },
  },
  resolve: { mainFields: ["browser", "module", "main"] },
  ssr: {
    // React's streaming renderer for Workers, not Node's.
    resolve: { conditions: ["workerd", "worker", "browser"], externalConditions: ["workerd", "worker"] },
  },
});
