import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { pdfAssets } from "./pdf-assets.ts";

const apiUrl = process.env.ANCRE_API_URL ?? `http://127.0.0.1:${process.env.ANCRE_API_PORT ?? "8787"}`;
const webPort = Number(process.env.ANCRE_WEB_PORT ?? "5173");

export default defineConfig({
  plugins: [
    tailwindcss(),
    pdfAssets(),
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
  // The first that know `light-dark()`, in spring 2024.
  build: { target: ["chrome123", "edge123", "firefox120", "safari17.5"] },
  resolve: { mainFields: ["browser", "module", "main"] },
  // Named so that the first visit doesn't find them one by one, each time loading the page anew.
  optimizeDeps: {
    include: [
      "@radix-ui/react-dialog",
      "@radix-ui/react-dropdown-menu",
      "@radix-ui/react-hover-card",
      "@remix-run/cloudflare",
      "@remix-run/react",
      "@tanstack/react-virtual",
      "class-variance-authority",
      "cmdk",
      "get-nonce",
      "i18next",
      "lucide-react",
      "mdast-util-from-markdown",
      "mdast-util-gfm-table",
      "micromark-extension-gfm-table",
      "pdfjs-dist",
      "react-dom/client",
      "react-i18next",
      "remix-i18next/client",
      "remix-i18next/react",
      "remix-i18next/server",
    ],
  },
  ssr: {
    // React's streaming renderer for Workers, not Node's.
    resolve: { conditions: ["workerd", "worker", "browser"], externalConditions: ["workerd", "worker"] },
  },
});
