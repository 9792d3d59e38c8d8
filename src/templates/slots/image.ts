/** A picture to start from, or a mask. */
import { begins, isAvif, isHeic, isTiff } from './begins.ts';
import { fileType, MAX_FILE_BYTES } from './file.ts';

export const image = fileType('image', 'A picture that people attach.', {
  formats: [
    { name: 'PNG', endings: ['png'], type: 'image/png', is: begins('\x89PNG') },
    { name: 'JPEG', endings: ['jpg', 'jpeg'], type: 'image/jpeg', is: begins('\xff\xd8\xff') },
    { name: 'WebP', endings: ['webp'], type: 'image/webp', is: begins('RIFF....WEBP') },
    { name: 'GIF', endings: ['gif'], type: 'image/gif', is: begins('GIF8') },
    { name: 'AVIF', endings: ['avif'], type: 'image/avif', is: isAvif, converted: true },
    { name: 'HEIC', endings: ['heic', 'heif'], type: 'image/heic', is: isHeic, converted: true },
    { name: 'TIFF', endings: ['tif', 'tiff'], type: 'image/tiff', is: isTiff, converted: true },
  ],
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
