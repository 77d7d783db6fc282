export default [
  { index: true, file: "routes/workspace.tsx" },
  { path: "plan", file: "routes/plan.tsx" },
  { path: "language", file: "routes/language.ts" },
  { path: "*", file: "routes/not-found.tsx" },
];
