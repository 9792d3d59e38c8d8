/**
 * Asks a backend, and throws an `EaselError` for whatever is not the answer hoped for: nobody above has to know what a
 * status, a silence or an odd body means for a person.
 */
import type { z } from 'zod';
import { readJson } from './json.ts';
import { UnusableAnswer, type AnswerDetails, type Purpose, type Server } from './refusals.ts';
import type { Answer, Ask, Transport } from './transport.ts';

export interface Question extends Ask {
  /** Statuses that whoever asks reads itself; default: 200. */
  accepts?: (status: number) => boolean;
  /** Default: `other`. */
  purpose?: Purpose;
}

export interface Http {
  readonly server: Server;
  /** Asks the backend itself. Rejects with `UnusableAnswer`, `Unanswered`, or the signal's reason. */
  ask(path: string, question: Question): Promise<Answer>;
  /** An answer's JSON; throws `UnusableAnswer` for what is none, or not what the schema takes. */
  read<T>(schema: z.ZodType<T>, answer: Answer, purpose?: Purpose): T;
  /** Asks elsewhere, without credentials: whatever its status is, it is an answer. Rejects as `ask` does. */
  get: Transport['get'];
  /** For an answer that turns out to be of no use. */
  unusable(answer: Answer, purpose: Purpose, more?: AnswerDetails): Error;
  close(): Promise<void>;
}

export function createHttp(transport: Transport, server: Server): Http {
  return {
    server,
    async ask(path, { accepts = (status) => status === 200, purpose = 'other', ...ask }) {
      const answer = await transport.ask(path, ask);
      if (!accepts(answer.status)) throw new UnusableAnswer(server, answer, purpose);
      return answer;
    },
    read(schema, answer, purpose) {
      const parsed = schema.safeParse(readJson(answer.bytes));
      if (parsed.success) return parsed.data;
      throw new UnusableAnswer(server, answer, purpose, { cause: parsed.error });
    },
    get: async (url, ask) => transport.get(url, ask),
    unusable: (answer, purpose, more) => new UnusableAnswer(server, answer, purpose, more),
    close: async () => transport.close(),
  };
}

/** Asks, and reads what came. Rejects as `ask` does. */
export async function askJson<T>(
  http: Http,
  schema: z.ZodType<T>,
  path: string,
  question: Question,
): Promise<T> {
  return http.read(schema, await http.ask(path, question), question.purpose);
}

/** An id as one segment of a path. Never throws, also for half a character, which a backend may put into an id. */
export function segment(id: string): string {
  return encodeURIComponent(id.toWellFormed());
}
