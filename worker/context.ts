import type { ScopedDatabase } from "./db/client.ts";
import type { ImportMessage } from "./ingest/imports/message.ts";
import type { DeletionMessage, IngestMessage } from "./ingest/message.ts";
import type { ArchiveReader } from "./ports/archive.ts";
import type { BillingProvider } from "./ports/billing.ts";
import type { DocumentParser } from "./ports/document-parser.ts";
import type { ChatModel, EmbeddingModel } from "./ports/language-model.ts";
import type { VectorStore } from "./ports/vector-store.ts";
import type { WebReader } from "./ports/web.ts";
import type { RunningAnswers } from "./services/chat/turns/running-answer.ts";
import type { PriceTable } from "./services/usage/prices.ts";

/** The languages Ancre speaks to people in. */
export type Locale = "fr" | "en";

export type Role = "owner" | "admin" | "member";

export type Scope = "chat" | "read" | "write";

export type Actor =
  | { kind: "user"; userId: string; role: Role }
  /** `assistantIds`: the only assistants the key may talk to; null means all. */
  | { kind: "key"; keyId: string; scopes: Scope[]; assistantIds: string[] | null }
  /** A part of Ancre itself: ingestion, or what a payment or identity provider told. */
  | { kind: "system"; name: "ingest" | "clerk" | "stripe" };

/** What of R2 is used; the platform's own type, narrowed. */
export type FileStore = Pick<
  R2Bucket,
  "put" | "get" | "head" | "delete" | "list" | "createMultipartUpload" | "resumeMultipartUpload"
>;

/** What of Queues is used. */
export type IngestQueue = Pick<Queue<IngestMessage | DeletionMessage>, "send" | "sendBatch">;

export type ImportQueue = Pick<Queue<ImportMessage>, "send">;

/** Outside things that belong to no tenant. Built in `wiring.ts`. */
export type Services = {
  files: FileStore;
  ingestQueue: IngestQueue;
  importQueue: ImportQueue;
  archives: ArchiveReader;
  web: WebReader;
  parser: DocumentParser;
  /** A first guess at a file's media type from its first bytes; ingestion decides for good. */
  sniffMediaType(head: Uint8Array, filename: string): string;
  embeddings: EmbeddingModel;
  chat: ChatModel;
  /** Where answers run that their client may come back to. */
  answers: RunningAnswers;
  prices: PriceTable;
  /** Null where the deployment takes no payments. */
  billing: BillingProvider | null;
};

/** Everything a verb needs, bound to one tenant: there is no way to name another from here. */
export type TenantContext = Services & {
  requestId: string;
  /** Where a request came with one: sent to the models and an external vector store. */
  traceparent?: string | undefined;
  tenantId: string;
  actor: Actor;
  db: ScopedDatabase;
  vectors: VectorStore;
  /** Keeps work alive after the response was sent. */
  background(work: Promise<unknown>): void;
};
