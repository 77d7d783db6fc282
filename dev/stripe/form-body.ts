import { ApiError } from "./api-error.ts";

/** Parameters as Stripe reads them: texts, nested by brackets. Arrays are still objects with the keys 0, 1, 2… */
export type FormParams = { [key: string]: string | FormParams };

/**
 * Reads a form-encoded body or query string: `a[b]=1&list[0][c]=2&list[]=3`.
 *
 * @throws ApiError when a name is malformed or used both as a value and as a group
 */
export function parseForm(text: string): FormParams {
  const params = emptyGroup();
  for (const [name, value] of new URLSearchParams(text)) place(params, name, value);
  return params;
}

function place(params: FormParams, name: string, value: string): void {
  const path = readName(name);
  const last = path.pop() ?? name;
  let group = params;
  for (const key of path) {
    const index = key === "" ? nextIndex(group) : key;
    group[index] ??= emptyGroup();
    const inner = group[index];
    if (typeof inner === "string") throw malformed(name);
    group = inner;
  }
  const index = last === "" ? nextIndex(group) : last;
  if (typeof group[index] === "object") throw malformed(name);
  group[index] = value;
}

/** `a[b][c]` → a, b, c */
function readName(name: string): string[] {
  const [, head, brackets] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  if (head === undefined || brackets === undefined) throw malformed(name);
  return [head, ...[...brackets.matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? "")];
}

/** Without a prototype: `__proto__` is a key like any other. */
function emptyGroup(): FormParams {
  return Object.create(null);
}

function nextIndex(group: FormParams): string {
  return String(Object.keys(group).length);
}

function malformed(name: string): ApiError {
  return new ApiError(`Invalid parameter name or structure: ${name}`, { param: name, isValidation: true });
}
