/**
 * Runs tasks at most `width` at a time, first come first served. Over HTTP/1.1 a browser opens six connections to
 * a host: without lanes a dozen open event streams would keep every other call waiting.
 */
export function createLanes(width: number) {
  const waiting: Array<() => void> = [];
  let busy = 0;
  return async function run<T>(task: () => Promise<T>): Promise<T> {
    if (busy >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  };
}
