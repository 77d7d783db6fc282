/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where PDF.js's data files are served, ending in a slash. */
  readonly PDF_ASSETS: string;
}
