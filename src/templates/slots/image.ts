/** A picture to start from, or a mask. */
import { TAKEN_PICTURES } from '../../core/pictures.ts';
import { begins, isAvif, isHeic, isTiff } from './begins.ts';
import type { FileFormat } from './definition.ts';
import { fileType, MAX_FILE_BYTES } from './file.ts';

const FORMATS: Record<(typeof TAKEN_PICTURES)[number], Omit<FileFormat, 'name'>> = {
  PNG: { endings: ['png'], type: 'image/png', is: begins('\x89PNG') },
  JPEG: { endings: ['jpg', 'jpeg'], type: 'image/jpeg', is: begins('\xff\xd8\xff') },
  WebP: { endings: ['webp'], type: 'image/webp', is: begins('RIFF....WEBP') },
  GIF: { endings: ['gif'], type: 'image/gif', is: begins('GIF8') },
  AVIF: { endings: ['avif'], type: 'image/avif', is: isAvif, converted: true },
  HEIC: { endings: ['heic', 'heif'], type: 'image/heic', is: isHeic, converted: true },
  TIFF: { endings: ['tif', 'tiff'], type: 'image/tiff', is: isTiff, converted: true },
};

export const image = fileType('image', 'A picture that people attach.', {
  formats: TAKEN_PICTURES.map((name) => ({ name, ...FORMATS[name] })),
  picture: true,
  problems: {
    unlike: (slot, name, found) => ({
      code: 'not-an-image',
      slot,
      name,
      ...(found !== undefined && { found }),
    }),
    tooLarge: (slot, size) => ({ code: 'image-too-large', slot, size, maxSize: MAX_FILE_BYTES }),
    unreachable: (slot, name) => ({ code: 'image-unreachable', slot, name }),
    notKept: (slot) => ({ code: 'again-needs-picture', slot }),
  },
});
