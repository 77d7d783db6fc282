import type { PostgresError, StatementResult } from "./transaction.ts";

export type ResultFormat = { arrayMode: boolean; rawText: boolean };

const ERROR_FIELDS = [
  "code",
  "severity",
  "detail",
  "hint",
  "position",
  "internalPosition",
  "internalQuery",
  "where",
  "schema",
  "table",
  "column",
  "dataType",
  "constraint",
  "file",
  "line",
  "routine",
] as const satisfies (keyof PostgresError)[];

/** One result in the shape that the driver reads: every value as Postgres text unless `rawText` is off. */
export function resultBody(result: StatementResult, { arrayMode, rawText }: ResultFormat) {
  const names = result.fields.map((field) => field.name);
  const values = rawText
    ? result.rows
    : result.rows.map((row) => row.map((value, i) => toJson(value, result.fields[i]?.dataTypeID)));
  return {
    command: result.command,
    rowCount: result.rowCount,
    fields: result.fields.map((field) => ({ ...field, format: "text" })),
    rows: arrayMode
      ? values
      : values.map((row) => Object.fromEntries(row.map((value, i) => [names[i], value]))),
    rowAsArray: arrayMode,
  };
}

/** Neon's error body; the driver copies these fields onto its `NeonDbError`. */
export function errorBody(error: PostgresError): Record<string, string | null> {
  const fields = ERROR_FIELDS.map((field) => [field, error[field] ?? null]);
  return { message: error.message, ...Object.fromEntries(fields) };
}

/** bool, int2, int4, float4, float8, json, jsonb as JSON values; all other types stay text. */
function toJson(value: string | null, type: number | undefined): unknown {
  if (value === null) return null;
  if (type === 16) return value === "t";
  if (type === 21 || type === 23 || type === 700 || type === 701) {
    const number = Number(value);
    return Number.isFinite(number) ? number : value;
  }
  return type === 114 || type === 3802 ? JSON.parse(value) : value;
}
