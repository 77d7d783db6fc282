export default [
  { index: true, file: "routes/workspace.tsx" },
  { path: "language", file: "routes/language.ts" },
  { path: "*", file: "routes/not-found.tsx" },
];
