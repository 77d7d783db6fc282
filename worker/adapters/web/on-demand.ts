import type { WebReader } from "../../ports/web.ts";
import type { WebSettings } from "./guarded-fetch.ts";

/** `createWebReader`, loaded by its first call (decision 030). */
export function webOnDemand(settings: WebSettings): WebReader {
  let loaded: Promise<WebReader> | undefined;
  const reader = () => {
    loaded ??= import("./web-reader.ts").then(({ createWebReader }) => createWebReader(settings));
    return loaded;
  };
  return {
    fetchFile: async (...args) => (await reader()).fetchFile(...args),
    fetchRobots: async (...args) => (await reader()).fetchRobots(...args),
    fetchSitemap: async (...args) => (await reader()).fetchSitemap(...args),
  };
}
