import { type Json, send } from "../harness.ts";

type Parameter = { name: string; in: "path" | "query" | "header"; required: boolean; schema: Json };

export type Operation = {
  /** "METHOD /path", as the route table has it */
  name: string;
  /** Whether the document says that no credential is needed. */
  open: boolean;
  parameters: Parameter[];
  /** The fields of its body by name; null without a body. */
  fields: Record<string, Json> | null;
  required: string[];
  isForm: boolean;
};

type Media = { schema?: Json };
type Written = {
  parameters?: Parameter[];
  security?: unknown[];
  requestBody?: { content: Record<string, Media> };
};

/** The operations of `GET /api/v1/openapi.json`, with what they refer to put in place. */
export async function readOperations(): Promise<Operation[]> {
  const response = await send("/api/v1/openapi.json");
  const { paths, components } = (await response.json()) as {
    paths: Record<string, Record<string, Written>>;
    components: { schemas: Record<string, Json> };
  };
  const follow = (schema: Json): Json =>
    typeof schema.$ref === "string"
      ? (components.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {})
      : schema;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], security, requestBody }]) => {
      const [[type, media] = ["", null]] = Object.entries(requestBody?.content ?? {});
      const { properties = {}, required = [] } = follow(media?.schema ?? {});
      return {
        name: `${method.toUpperCase()} ${path}`,
        open: security?.length === 0,
        parameters,
        fields: media && (properties as Record<string, Json>),
        required: required as string[],
        isForm: type.startsWith("multipart/"),
      };
    }),
  );
}

/** Where an operation takes the id of something: its parameters and fields that are UUIDs, and cursors. */
export function idPlaces({ parameters, fields }: Operation): string[] {
  const isId = (schema: Json) => JSON.stringify(schema).includes('"uuid"');
  return [
    ...parameters.filter(({ name, schema }) => isId(schema) || name === "cursor").map(({ name }) => name),
    ...Object.entries(fields ?? {}).flatMap(([name, schema]) => (isId(schema) ? [name] : [])),
  ];
}
