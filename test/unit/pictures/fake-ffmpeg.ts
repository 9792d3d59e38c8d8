/** A program that is called as ffmpeg is, says what it says, and makes files of as many bytes as it is told. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface FakeFfmpeg {
  /** For PATH. */
  folder: string;
  /** What it was called with, each time. */
  calls(): Promise<string[][]>;
  /** Of the one that encodes. */
  pid(): Promise<number | undefined>;
}

export const PROBE = `Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:a.mp4':
  Metadata:
    title           : x
                    :   Duration: 99:00:00.00
  Duration: 00:00:10.00, start: 0.000000, bitrate: 81569 kb/s
  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 1920x1080 [SAR 1:1 DAR 16:9], 60 fps, 60 tbr
    Metadata:
      handler_name    : VideoHandler
  Stream #0:1[0x2](und): Audio: aac (LC) (mp4a / 0x6134706D), 48000 Hz, stereo, fltp, 128 kb/s (default)
At least one output file must be specified`;

export const ENCODERS = ` V....D libx264              libx264 H.264
 V....D libvpx               libvpx VP8
 A....D aac                  AAC
 A..... libopus              libopus Opus`;

/** `sizes`: of each encoding, in bytes, the last one for all that follow. `encodes`: what it does meanwhile, in `sh`. */
export async function fakeFfmpeg(
  folder: string,
  { probe = PROBE, encoders = ENCODERS, sizes = [1000], encodes = '' } = {},
): Promise<FakeFfmpeg> {
  await mkdir(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  await writeFile(at('probe'), probe);
  await writeFile(at('encoders'), encoders);
  await writeFile(at('sizes'), `${sizes.join('\n')}\n`);
  const script = `#!/bin/sh
for one in "$@"; do printf '%s\\0' "$one"; done >> '${at('calls')}'
printf '\\n' >> '${at('calls')}'
case " $* " in
*' -encoders '*) cat '${at('encoders')}'; exit 0 ;;
*' -c copy '*) printf 'out_time_us=1000\\nout_time_us=4500000\\nprogress=end\\n'; exit 0 ;;
*' -y '*) ;;
*) cat '${at('probe')}' >&2; exit 1 ;;
esac
echo $$ > '${at('pid')}'
${encodes}
for last in "$@"; do :; done
size=$(head -n 1 '${at('sizes')}')
[ "$(wc -l < '${at('sizes')}')" -gt 1 ] && sed -i 1d '${at('sizes')}'
head -c "$size" /dev/zero > "\${last#file:}"
`;
  await writeFile(at('ffmpeg'), script);
  await chmod(at('ffmpeg'), 0o755);
  return {
    folder,
    async calls() {
      const text = await readFile(at('calls'), 'utf8').catch(() => '');
      return text
        .split('\0\n')
        .slice(0, -1)
        .map((call) => call.split('\0'));
    },
    async pid() {
      const text = await readFile(at('pid'), 'utf8').catch(() => '');
      return Number(text) || undefined;
    },
  };
}

/** Begins as an MP4 does. */
export const MP4 = Buffer.concat([
  Buffer.from('00000018', 'hex'),
  Buffer.from('ftypisom'),
  Buffer.alloc(5000),
]);
