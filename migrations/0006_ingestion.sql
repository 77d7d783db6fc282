CREATE TABLE "message_sources" (
	"tenant_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	CONSTRAINT "message_sources_tenant_id_document_id_message_id_pk" PRIMARY KEY("tenant_id","document_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "deletion_receipts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"parent_id" uuid,
	"figures" jsonb,
	"chunk_counts" jsonb,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"writes_until" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "document_versions" (
	"tenant_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"origin" text NOT NULL,
	"state" text NOT NULL,
	"error_code" text,
	"filename" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"storage_key" text NOT NULL,
	"language" text,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"pages_total" integer,
	"chunks_total" integer,
	"chunks_reused" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp (3) with time zone,
	"cleared_at" timestamp (3) with time zone,
	CONSTRAINT "document_versions_document_id_version_pk" PRIMARY KEY("document_id","version")
);
--> statement-breakpoint
CREATE TABLE "import_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"name" text NOT NULL,
	"folder" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"document_id" uuid,
	"error_code" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"locator" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"size_bytes" bigint,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "import_entries_ordinal" UNIQUE("import_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "import_jobs" (
	"import_id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"stalls" integer DEFAULT 0 NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"last_reason" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_upload_parts" (
	"tenant_id" uuid NOT NULL,
	"upload_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"etag" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	CONSTRAINT "import_upload_parts_number" UNIQUE("upload_id","number")
);
--> statement-breakpoint
CREATE TABLE "import_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"collection_id" uuid NOT NULL,
	"filename" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"part_bytes" integer NOT NULL,
	"storage_key" text NOT NULL,
	"multipart_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "import_uploads_tenant_id" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"collection_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"source" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"error_code" text,
	"storage_key" text,
	"size_bytes" bigint,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "imports_tenant_id" UNIQUE("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "chunk_embeddings" ADD COLUMN "content_hash" text;--> statement-breakpoint
ALTER TABLE "chunk_embeddings" ADD COLUMN "reused" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "chunk_embeddings" ADD COLUMN "searchable" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "document_pages" ADD COLUMN "report" jsonb;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "failed_step" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "folder" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "source_url" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "import_id" uuid;--> statement-breakpoint
ALTER TABLE "ingest_jobs" ADD COLUMN "progress" text;--> statement-breakpoint
ALTER TABLE "ingest_jobs" ADD COLUMN "stuck_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "ingest_jobs" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ingest_jobs" ADD COLUMN "ready_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_tenant_id" UNIQUE("tenant_id","id");--> statement-breakpoint
ALTER TABLE "message_sources" ADD CONSTRAINT "message_sources_tenant_id_message_id_messages_tenant_id_id_fk" FOREIGN KEY ("tenant_id","message_id") REFERENCES "public"."messages"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_versions" ADD CONSTRAINT "document_versions_tenant_id_document_id_documents_tenant_id_id_fk" FOREIGN KEY ("tenant_id","document_id") REFERENCES "public"."documents"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_entries" ADD CONSTRAINT "import_entries_tenant_id_import_id_imports_tenant_id_id_fk" FOREIGN KEY ("tenant_id","import_id") REFERENCES "public"."imports"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD CONSTRAINT "import_jobs_tenant_id_import_id_imports_tenant_id_id_fk" FOREIGN KEY ("tenant_id","import_id") REFERENCES "public"."imports"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_upload_parts" ADD CONSTRAINT "import_upload_parts_tenant_id_upload_id_import_uploads_tenant_id_id_fk" FOREIGN KEY ("tenant_id","upload_id") REFERENCES "public"."import_uploads"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_uploads" ADD CONSTRAINT "import_uploads_tenant_id_collection_id_collections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","collection_id") REFERENCES "public"."collections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_tenant_id_collection_id_collections_tenant_id_id_fk" FOREIGN KEY ("tenant_id","collection_id") REFERENCES "public"."collections"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_sources_message" ON "message_sources" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "deletion_receipts_recent" ON "deletion_receipts" USING btree ("tenant_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "deletion_receipts_subject" ON "deletion_receipts" USING btree ("tenant_id","subject_id");--> statement-breakpoint
CREATE INDEX "deletion_receipts_parent" ON "deletion_receipts" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "deletion_receipts_due" ON "deletion_receipts" USING btree ("due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "deletion_receipts_open" ON "deletion_receipts" USING btree ("tenant_id","subject_id") WHERE "deletion_receipts"."completed_at" is null;--> statement-breakpoint
CREATE INDEX "document_versions_content" ON "document_versions" USING btree ("tenant_id","sha256");--> statement-breakpoint
CREATE INDEX "import_entries_state" ON "import_entries" USING btree ("import_id","state","ordinal");--> statement-breakpoint
CREATE INDEX "import_entries_document" ON "import_entries" USING btree ("tenant_id","document_id");--> statement-breakpoint
CREATE INDEX "import_jobs_due" ON "import_jobs" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "import_uploads_expiry" ON "import_uploads" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "imports_recent" ON "imports" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "chunk_embeddings_content" ON "chunk_embeddings" USING btree ("content_hash","model");--> statement-breakpoint
CREATE INDEX "documents_import" ON "documents" USING btree ("tenant_id","import_id");--> statement-breakpoint
CREATE INDEX "ingest_jobs_turn" ON "ingest_jobs" USING btree ("tenant_id","kind","created_at");--> statement-breakpoint
CREATE INDEX "ingest_jobs_claimed" ON "ingest_jobs" USING btree ("tenant_id") WHERE claimed_until is not null;--> statement-breakpoint
CREATE INDEX "ingest_jobs_rest" ON "ingest_jobs" USING btree ("ready_at") WHERE last_reason = 'upstream_busy';--> statement-breakpoint
ALTER TABLE "ingest_jobs" DROP COLUMN "stalls";