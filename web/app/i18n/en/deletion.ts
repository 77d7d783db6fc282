/** Deleting for good: the confirmation by name, and the receipt. */
export const deletion = {
  type: "Type “{{name}}” to confirm",
  complete: "Gone: every store was read back, and nothing of it is there",
  purging: "Out of sight. Now it is being removed from every store…",
  caption: "What was removed",
  store: "Where",
  removed: "Removed",
  left: "Left",
  stores: { rows: "Database rows", vectors: "Search vectors", objects: "Stored files" },
  id: "Receipt {{id}}",
};
