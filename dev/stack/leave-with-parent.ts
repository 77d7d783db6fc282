/**
 * Loaded into every child of the stack (`node --import`): when the parent is gone, even by `kill -9`, its end of
 * this pipe closes, and the child's whole process group leaves too. Without it workerd would keep the port.
 */
const GRACE_MS = 2_000;

process.stdin.on("end", () => {
  // Survives its own signal, to see that the others have left.
  process.on("SIGTERM", () => {});
  process.kill(0, "SIGTERM");
  setTimeout(() => process.kill(0, "SIGKILL"), GRACE_MS);
});
process.stdin.resume();
