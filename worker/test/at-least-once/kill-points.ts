import { AsyncLocalStorage } from "node:async_hooks";

/**
 * How a call to the outside ends. `before`: it fails and had no effect. `after`: it had its effect, and the caller never
 * learned. The two deaths are the same, and nothing comes after them: the consumer is gone.
 */
export type Ending = "before" | "after" | "death before" | "death after";

/** Thrown in the place of a call's answer. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** Which call is killed: the one of that number, from 1, or every one that sends something like this. */
export type Kill = { at: number | RegExp; ending: Ending };

type Run = { sent: string[]; kill: Kill | null; dead: boolean };

const runs = new AsyncLocalStorage<Run>();

/** Runs `work` with a call of it killed, noting what each call sends after those in `sent` and counting on from them. */
export async function withKill<T>(sent: string[], kill: Kill | null, work: () => Promise<T>): Promise<T> {
  return runs.run({ sent, kill, dead: false }, work);
}

/** What changes something outside: methods of the bindings, and SQL unless it only reads. In doubt a call does. */
const EFFECT =
  /^(put|delete|send|sendBatch|createMultipartUpload|uploadPart|complete|abort)$|\b(insert|update|delete)\b|_usage\(|\bhold_|\berase_|\bseat_member|\brecord_entry|\benter_/i;

/**
 * The numbers of the calls that are worth an ending, of those in `sent`. One that changes nothing ends alike before and
 * after, and its death is that of the next call. `alike`: of calls that differ in names and figures alone, the first and last.
 */
export function killPoints(sent: string[], ending: Ending, alike = false): number[] {
  const shapes = sent.map((text) => text.replace(/"params":\[.*?\]|\\"\w+\\"|\w+::text|\$?\d+/g, ""));
  return sent.flatMap((text, index) => {
    if (ending.endsWith("after") && !EFFECT.test(text)) return [];
    const shape = String(shapes[index]);
    const spared = alike && shapes.indexOf(shape) !== index && shapes.lastIndexOf(shape) !== index;
    return spared ? [] : [index + 1];
  });
}

/** A call to the outside: passes, unless it is the one. `sent`: what it sends, as far as that is text. */
export async function throughKillPoint<T>(call: () => Promise<T>, sent: string): Promise<T> {
  const run = runs.getStore();
  if (!run) return call();
  if (run.dead) throw new Killed("nothing comes after death");
  run.sent.push(sent);
  const { at, ending } = run.kill ?? { at: 0, ending: "before" };
  if (typeof at === "number" ? at !== run.sent.length : !at.test(sent)) return call();
  run.dead = ending.startsWith("death");
  if (ending.endsWith("after")) await call();
  throw new Killed(`call ${run.sent.length}, ${ending}`);
}

/** `fetch` with kill points: the database and the models are reached through it. Gives what undoes it. */
export function killableFetch(): () => void {
  const real = globalThis.fetch;
  globalThis.fetch = ((input, init) =>
    runs.getStore()
      ? throughKillPoint(async () => {
          const answer = await real(input, init);
          // Whole, so that its effect is over and nothing of it is still on its way.
          return new Response(await answer.arrayBuffer(), answer);
        }, `${input} ${init?.body}`)
      : real(input, init)) as typeof fetch;
  return () => {
    globalThis.fetch = real;
  };
}

/** Every method of a binding with kill points. */
export function killable<T extends object>(binding: T): T {
  return new Proxy(binding, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== "function") return member;
      // Asks nothing of the outside yet; what it gives does.
      if (name === "resumeMultipartUpload")
        return (...args: unknown[]) => killable(Reflect.apply(member, target, args) as object);
      return (...args: unknown[]) =>
        throughKillPoint(async () => (await Reflect.apply(member, target, args)) as unknown, String(name));
    },
  });
}
