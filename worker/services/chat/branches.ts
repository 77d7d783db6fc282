import { type SQL, sql } from "drizzle-orm";

/**
 * Of a query over `messages`: those that a further question goes on from. A message that was asked in the place of
 * another ends that one's branch, from it to whatever had been said until then; so does the one that is about to be.
 */
export function isContinued(revises: string | null): SQL {
  return sql`not exists (
    select 1 from messages later join messages replaced on replaced.id = later.revises
    where later.conversation_id = messages.conversation_id
      and messages.created_at >= replaced.created_at and messages.created_at < later.created_at)
    and (${revises}::uuid is null
      or messages.created_at < (select created_at from messages replaced where replaced.id = ${revises}::uuid))`;
}
