/** The one way by which a message is said: by its key, with the values that it takes. */
import type { Messages } from './keys.ts';

/** What a message takes: nothing, or the values that its English text names. */
type Values<Key extends keyof Messages> = Messages[Key] extends undefined ? [] : [values: Messages[Key]];

export type Say = <Key extends keyof Messages>(key: Key, ...values: Values<Key>) => string;
