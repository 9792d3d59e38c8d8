/** Guilds whose own limits are above the operator's maxima: the operator is told once, and raises them at one press. */
import type { Chat } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Clock } from '../../core/time.ts';
import { createTurns } from '../../core/turns.ts';
import { LIMITS, type GuildLimits, type LimitName } from '../../guilds/limits.ts';
import type { RulesStore } from '../../guilds/rules.ts';
import type { GuildStore } from '../../guilds/store.ts';
import type { Notices } from './notices.ts';

export interface Maxima {
  /** A notice for each value that is set above its maximum. What cannot be written down is logged. */
  note(): Promise<void>;
  /** Lets one guild have so much, at once. Rejects with `store-failed` or `settings-damaged`. */
  allow(guild: string, setting: LimitName, value: number, by: string): Promise<void>;
  /** Allows what a notice tells of, and dismisses it. Rejects with `bad-request` where there is no such notice. */
  raise(key: string, by: string): Promise<void>;
}

export interface MaximaOptions {
  guilds: GuildStore;
  rules: RulesStore;
  notices: Notices;
  limits: (guild: string) => GuildLimits;
  chats: ReadonlyMap<string, Chat>;
  clock: Clock;
  log: Log;
}

export function createMaxima(options: MaximaOptions): Maxima {
  const { guilds, rules, notices, limits, chats, clock, log } = options;
  /** All that is raised is one record. */
  const inTurn = createTurns();

  const maxima: Maxima = {
    async note() {
      const platforms = platformsOf(chats);
      try {
        for (const guild of guilds.known())
          for (const setting of LIMITS) {
            const { limited, set, max } = limits(guild)[setting];
            if (!limited || set === undefined) continue;
            const platform = platforms.get(guild) ?? platformLike(guild);
            const notice = { kind: 'above-maximum', platform, guild, setting, value: set, max } as const;
            await notices.post(`above-maximum/${guild}/${setting}`, notice, clock.now());
          }
      } catch (error) {
        log.error({ err: error }, 'what is above a maximum could not be noted');
      }
    },
    allow: (guild, setting, value, by) =>
      inTurn('raised', async () => {
        const { raised } = rules.rules();
        const here = Object.hasOwn(raised, guild) ? raised[guild] : {};
        const entry = { at: clock.now(), by, act: 'limits.raise', subject: setting, detail: String(value) };
        await guilds.record(guild, entry);
        const audited = { ...entry, subject: `${guild} ${setting}` };
        await rules.change(audited, { raised: { ...raised, [guild]: { ...here, [setting]: value } } });
        log.info({ guild, setting, value, by }, 'a maximum was raised');
      }),
    async raise(key, by) {
      const notice = notices.get(key);
      if (notice?.kind !== 'above-maximum') throw new EaselError({ code: 'bad-request' });
      await maxima.allow(notice.guild, notice.setting, notice.value, by);
      await notices.dismiss(key);
    },
  };
  return maxima;
}

function platformsOf(chats: ReadonlyMap<string, Chat>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [platform, chat] of chats)
    for (const { guild } of chat.guilds?.() ?? []) found.set(guild, platform);
  return found;
}

/** Of a guild that no chat tells of, such as a direct message or one that has left: as its id looks. */
function platformLike(guild: string): string {
  return /^[TE][A-Z\d]+$/.test(guild) ? 'slack' : 'discord';
}
