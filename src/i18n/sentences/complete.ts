/** What was stored may be damaged, or of another version: half a sentence of it would be worse than a general one. */
import { formats } from '../formats.ts';
import type { Say } from '../say.ts';
import type { Speaker } from '../speaker.ts';

/** The same that throws rather than say a message without all of its values, or one that there is not. */
export function complete({ tag, say }: Speaker): Speaker {
  const whole: Say = (key, ...values) => {
    for (const [name, value] of Object.entries(values[0] ?? {}))
      if (value === undefined || Number.isNaN(value)) throw new Error(`${key} lacks {${name}}`);
    const said = say(key, ...values);
    if (said === key) throw new Error(`there is no message ${key}`);
    return said;
  };
  return { tag, say: whole, ...formats(tag, whole) };
}
