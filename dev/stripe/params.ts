import { z } from "zod";
import { ApiError } from "./api-error.ts";
import type { FormParams } from "./form-body.ts";

/** An array in form encoding: `name[0]`, `name[1]`… */
export function list<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (typeof value === "object" && value !== null ? Object.values(value) : value),
    z.array(item),
  );
}

export const text = z.string().min(1).max(5000);
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, "integer")
  .transform(Number);
export const boolean = z.enum(["true", "false"]).transform((value) => value === "true");
export const url = text.refine((value) => URL.canParse(value) && /^https?:/.test(value), "url");
/** Stripe's limits: 50 keys of 40 characters, values of 500. An empty value is a key that isn't there. */
export const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((entries) => Object.keys(entries).length <= 50, "50 keys")
  .transform((entries) => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== "")));
export const expand = list(text).optional();
export const locale = z.string().regex(/^(auto|[a-z]{2,3}(-[A-Z0-9]{2,3})?)$/);
export const page = {
  limit: integer.pipe(z.number().min(1).max(100)).default(10),
  starting_after: text.optional(),
  ending_before: text.optional(),
};

/**
 * Reads the parameters that the schema (a strict object) knows.
 *
 * @throws ApiError as Stripe words it, for the first parameter that is unknown, missing or invalid
 */
export function readParams<T extends z.ZodType>(schema: T, params: FormParams): z.output<T> {
  const result = schema.safeParse(params);
  if (result.success) return result.data;
  const issues = result.error.issues;
  // Stripe looks at the names before it looks at the values.
  throw refusal(issues.find((issue) => issue.code === "unrecognized_keys") ?? issues[0], params);
}

function refusal(issue: z.core.$ZodIssue | undefined, params: FormParams): ApiError {
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === "unrecognized_keys") {
    const names = issue.keys.map((key) => nameOf([...path, key]));
    const noun = names.length > 1 ? "parameters" : "parameter";
    return invalid(`Received unknown ${noun}: ${names.join(", ")}`, "parameter_unknown", names[0]);
  }
  const name = nameOf(path);
  const value = valueAt(params, path);
  if (value === undefined) return invalid(`Missing required param: ${name}.`, "parameter_missing", name);
  if (value === "") {
    const message = `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset.`;
    return invalid(message, "parameter_invalid_empty", name);
  }
  if (typeof value === "object") return invalid(`Invalid ${name}: ${issue?.message}`, undefined, name);
  if (issue?.message === "url") return invalid("Not a valid URL", "url_invalid", name);
  if (issue?.code === "invalid_value") {
    return invalid(`Invalid ${name}: must be one of ${issue.values.join(", ")}`, undefined, name);
  }
  if (issue?.message === "integer") {
    return invalid(`Invalid integer: ${value}`, "parameter_invalid_integer", name);
  }
  return invalid(`Invalid ${name}: ${issue?.message}`, undefined, name);
}

function invalid(message: string, code: string | undefined, param: string | undefined): ApiError {
  return new ApiError(message, { code, param, isValidation: true });
}

/** line_items, 0, price → `line_items[0][price]` */
function nameOf([head = "", ...rest]: string[]): string {
  return head + rest.map((part) => `[${part}]`).join("");
}

function valueAt(params: FormParams, path: string[]): string | FormParams | undefined {
  let value: string | FormParams | undefined = params;
  for (const part of path) value = typeof value === "object" ? value[part] : undefined;
  return value;
}
