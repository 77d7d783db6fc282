import * as z from "../zod.ts";
import { Moment } from "./shared.ts";

export const MemberSchema = z
  .object({
    user_id: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    role: z.enum(["owner", "admin", "member"]),
    seated: z.boolean().openapi({ description: "False: the plan has no seat left, so they can't come in" }),
    created_at: Moment,
  })
  .openapi("Member");
