/** A picture to start from, or a mask. */
import { begins } from './begins.ts';
import { fileType, MAX_FILE_BYTES } from './file.ts';

export const image = fileType(
  'image',
  { about: 'A picture that people attach.', source: 'an image' },
  {
    formats: [
      { name: 'PNG', endings: ['png'], type: 'image/png', is: begins('\x89PNG') },
      { name: 'JPEG', endings: ['jpg', 'jpeg'], type: 'image/jpeg', is: begins('\xff\xd8\xff') },
      { name: 'WebP', endings: ['webp'], type: 'image/webp', is: begins('RIFF....WEBP') },
      { name: 'GIF', endings: ['gif'], type: 'image/gif', is: begins('GIF8') },
    ],
    picture: true,
    problems: {
      unlike: (slot, name) => ({ code: 'not-an-image', slot, name }),
      tooLarge: (slot, size) => ({ code: 'image-too-large', slot, size, maxSize: MAX_FILE_BYTES }),
      unreachable: (slot, name) => ({ code: 'image-unreachable', slot, name }),
      notKept: (slot) => ({ code: 'again-needs-picture', slot }),
    },
  },
);
