/** A refusal in Qdrant's own shape: `{ status: { error }, time }`. */
export class QdrantError extends Error {
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  constructor(status: number, message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export function badInput(description: string): QdrantError {
  return new QdrantError(400, `Wrong input: ${description}`);
}

export function noCollection(name: string): QdrantError {
  return new QdrantError(404, `Not found: Collection \`${name}\` doesn't exist!`);
}
