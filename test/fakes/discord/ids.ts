/** Snowflakes: discord.js reads the time out of ids and only recognises 17 to 19 digits. */
const DISCORD_EPOCH = 1_420_070_400_000n;

/** Ids that grow, even when many are made in one millisecond. */
export function createIds(): () => string {
  let last = 0n;
  return () => {
    const now = (BigInt(Date.now()) - DISCORD_EPOCH) << 22n;
    last = now > last ? now : last + 1n;
    return last.toString();
  };
}

/** The shard that a guild's events go to; direct messages go to shard 0. */
export function shardOf(guildId: string | undefined, count: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
}
