/** A refusal in words, with when to try again where the hub said so. */
import type { DeskWords } from '../words/desk.ts';
import type { Failure } from './api.ts';

/** One sentence for a failure; null shows nothing. */
export const failureText = (failed: Failure, d: DeskWords): string =>
  `${d.failure[failed.code]}${failed.retryAfterMs === null ? '' : `${d.retryIn(String(Math.ceil(failed.retryAfterMs / 1_000)))}`}`;

export const FailureNote = ({ failed, d }: { failed: Failure | null; d: DeskWords }) =>
  failed && (
    <p class="fault" data-code={failed.code}>
      {failureText(failed, d)}
    </p>
  );
