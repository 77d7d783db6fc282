import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/** What PDF.js reads besides its code: character maps, the standard fonts, image decoders, colour profiles. */
const FOLDERS = ["cmaps", "standard_fonts", "wasm", "iccs"];
const NAME = /^[\w.-]+\.(?:bcmap|pfb|ttf|wasm|icc)$/;

const manifest = createRequire(import.meta.url).resolve("pdfjs-dist/package.json");
const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
/** The version is part of the address, so that browsers may keep the files for good. */
const BASE = `/assets/pdfjs-${version}/`;

/** Serves PDF.js's data files under this origin, in development and in the build, and tells the code where. */
export function pdfAssets(): Plugin {
  return {
    name: "ancre-pdf-assets",
    config: () => ({ define: { "import.meta.env.PDF_ASSETS": JSON.stringify(BASE) } }),
    configureServer(server) {
      server.middlewares.use(BASE, (request, response, next) => {
        const [, folder = "", name = ""] = (request.url ?? "").split("?")[0]?.split("/") ?? [];
        if (!FOLDERS.includes(folder) || !NAME.test(name)) return next();
        createReadStream(join(dirname(manifest), folder, name))
          .on("error", next)
          .pipe(response);
      });
    },
    generateBundle() {
      if (this.environment.name !== "client") return;
      for (const folder of FOLDERS)
        for (const name of readdirSync(join(dirname(manifest), folder)).filter((file) => NAME.test(file)))
          this.emitFile({
            type: "asset",
            fileName: `${BASE.slice(1)}${folder}/${name}`,
            source: readFileSync(join(dirname(manifest), folder, name)),
          });
    },
  };
}
