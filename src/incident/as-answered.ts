import { replyMarker, type Recorded } from "./replies.ts";
import type { IncidentState } from "./state.ts";
import type { CommentFacts } from "./state/issue-facts.ts";

/** The state as it will be once a comment is answered with this: what is said after it is judged by that, because replies are written side by side. */
export function asAnswered(
  state: IncidentState,
  comment: CommentFacts,
  accepted: readonly Recorded[],
): IncidentState {
  const body = replyMarker(state.issue.number, comment, accepted, null, true);
  const reply: CommentFacts = {
    ...comment,
    // Of no comment that is there.
    id: -comment.id,
    author: { login: state.app.login, kind: "bot" },
    body,
    editedAt: null,
    isOurs: true,
  };
  return { ...state, comments: [...state.comments, reply] };
}
