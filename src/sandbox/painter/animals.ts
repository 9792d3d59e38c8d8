/** The animals that can stand in a picture. */
import { limb, oval, plate, type Part, type Shape } from './parts.ts';

/** A sitting animal looking to the right; ears and tail make the difference. */
function sitting(...more: readonly Part[]): Part[] {
  return [
    limb('main', -0.06, 0.14, 0.06, 0.46, 0.17, 0.11),
    limb('main', 0.12, 0.36, 0.15, 0.03, 0.06, 0.045),
    oval('main', -0.04, 0.07, 0.19, 0.075),
    oval('main', 0.12, 0.66, 0.15, 0.13),
    ...more,
    oval('dark', 0.17, 0.69, 0.017, 0.022),
  ];
}

const FOX: readonly Part[] = sitting(
  limb('main', 0.18, 0.64, 0.33, 0.59, 0.08, 0.025),
  plate('main', -0.01, 0.7, -0.01, 0.92, 0.12, 0.77),
  plate('main', 0.11, 0.77, 0.2, 0.93, 0.25, 0.71),
  plate('dark', 0.01, 0.79, 0.01, 0.88, 0.07, 0.8),
  plate('dark', 0.15, 0.81, 0.195, 0.89, 0.22, 0.79),
  limb('main', -0.14, 0.1, -0.36, 0.13, 0.07, 0.11),
  limb('main', -0.36, 0.13, -0.46, 0.3, 0.11, 0.07),
  limb('pale', -0.45, 0.29, -0.48, 0.4, 0.065, 0.02),
  oval('pale', 0.13, 0.42, 0.055, 0.13),
  limb('pale', 0.2, 0.6, 0.31, 0.575, 0.04, 0.018),
  oval('dark', 0.345, 0.59, 0.022, 0.02),
);
const FOUR_LEGS: readonly Part[] = [
  limb('main', -0.22, 0.47, 0.16, 0.49, 0.12, 0.11),
  limb('main', -0.24, 0.44, -0.27, 0.02, 0.06, 0.022),
  limb('main', -0.18, 0.42, -0.17, 0.02, 0.05, 0.022),
  limb('main', 0.16, 0.44, 0.15, 0.02, 0.05, 0.022),
  limb('main', 0.2, 0.46, 0.23, 0.02, 0.05, 0.022),
  limb('main', 0.18, 0.52, 0.29, 0.76, 0.09, 0.055),
  limb('main', 0.29, 0.79, 0.41, 0.73, 0.06, 0.03),
  limb('main', -0.32, 0.52, -0.36, 0.44, 0.03, 0.015),
];

export const ANIMALS = {
  fox: { parts: FOX, main: 0xd9692c, second: 0xffffff, size: 0.4 },
  wolf: { parts: FOX, main: 0x6d7480, second: 0xffffff, size: 0.44 },
  cat: {
    parts: sitting(
      limb('main', 0.18, 0.63, 0.24, 0.61, 0.075, 0.05),
      plate('main', 0.0, 0.72, 0.02, 0.9, 0.11, 0.77),
      plate('main', 0.12, 0.77, 0.2, 0.91, 0.25, 0.71),
      limb('main', -0.18, 0.06, -0.36, 0.08, 0.04, 0.035),
      limb('main', -0.36, 0.08, -0.42, 0.26, 0.035, 0.03),
      limb('main', -0.42, 0.26, -0.36, 0.36, 0.03, 0.025),
      oval('pale', 0.13, 0.4, 0.045, 0.1),
    ),
    main: 0x5b4a44,
    second: 0xffffff,
    size: 0.36,
  },
  dog: {
    parts: sitting(
      limb('main', 0.18, 0.63, 0.31, 0.6, 0.085, 0.055),
      limb('second', 0.04, 0.73, -0.03, 0.54, 0.055, 0.05),
      limb('main', -0.2, 0.1, -0.36, 0.26, 0.04, 0.025),
      oval('pale', 0.13, 0.4, 0.06, 0.13),
      oval('dark', 0.355, 0.62, 0.025, 0.022),
    ),
    main: 0xc08a4e,
    second: 0x7a4f2c,
    size: 0.4,
  },
  rabbit: {
    parts: sitting(
      limb('main', 0.06, 0.76, 0.02, 1.08, 0.045, 0.03),
      limb('main', 0.13, 0.77, 0.14, 1.1, 0.045, 0.03),
      limb('main', 0.16, 0.63, 0.23, 0.61, 0.08, 0.05),
      oval('pale', -0.24, 0.12, 0.07, 0.065),
    ),
    main: 0xb9a793,
    second: 0xffffff,
    size: 0.3,
  },
  bear: {
    parts: sitting(
      oval('main', -0.04, 0.28, 0.27, 0.26),
      limb('main', 0.18, 0.62, 0.28, 0.59, 0.09, 0.055),
      oval('main', 0.02, 0.79, 0.055, 0.055),
      oval('main', 0.19, 0.8, 0.055, 0.055),
      oval('dark', 0.32, 0.6, 0.028, 0.024),
    ),
    main: 0x5d4030,
    second: 0xffffff,
    size: 0.46,
  },
  owl: {
    parts: [
      limb('second', -0.6, 0.05, 0.6, 0.09, 0.035, 0.025),
      oval('main', 0, 0.42, 0.23, 0.34),
      oval('main', 0, 0.72, 0.22, 0.17),
      plate('main', -0.2, 0.78, -0.19, 0.98, -0.05, 0.86),
      plate('main', 0.2, 0.78, 0.19, 0.98, 0.05, 0.86),
      oval('pale', 0, 0.36, 0.13, 0.22),
      oval('glow', -0.09, 0.74, 0.075, 0.075),
      oval('glow', 0.09, 0.74, 0.075, 0.075),
      oval('dark', -0.09, 0.74, 0.035, 0.04),
      oval('dark', 0.09, 0.74, 0.035, 0.04),
      plate('dark', -0.03, 0.69, 0.03, 0.69, 0, 0.61),
    ],
    main: 0x7d5f45,
    second: 0x3a2c22,
    size: 0.36,
    lift: 0.25,
  },
  bird: {
    parts: [
      limb('main', -0.3, 0.4, 0.25, 0.5, 0.05, 0.1),
      oval('main', 0.3, 0.55, 0.11, 0.1),
      plate('dark', 0.38, 0.58, 0.53, 0.53, 0.38, 0.5),
      plate('main', -0.02, 0.5, -0.38, 1.02, 0.2, 0.56),
      plate('second', 0.04, 0.46, 0.02, 0.95, 0.22, 0.5),
      plate('main', -0.26, 0.43, -0.6, 0.47, -0.56, 0.31),
      oval('dark', 0.33, 0.58, 0.018, 0.018),
    ],
    main: 0x39465e,
    second: 0x55647f,
    size: 0.26,
    lift: 1.4,
  },
  deer: {
    parts: [
      ...FOUR_LEGS,
      limb('second', 0.29, 0.82, 0.23, 1.06, 0.018, 0.01),
      limb('second', 0.25, 0.95, 0.15, 1.02, 0.014, 0.008),
      limb('second', 0.31, 0.82, 0.38, 1.06, 0.018, 0.01),
      limb('second', 0.35, 0.95, 0.45, 1.0, 0.014, 0.008),
      limb('main', 0.27, 0.81, 0.2, 0.83, 0.03, 0.015),
      oval('dark', 0.32, 0.79, 0.014, 0.016),
    ],
    main: 0x9a6a42,
    second: 0x5b4130,
    size: 0.46,
  },
  whale: {
    parts: [
      limb('main', 0.3, 0.3, -0.3, 0.3, 0.26, 0.12),
      limb('main', -0.3, 0.3, -0.58, 0.46, 0.1, 0.03),
      plate('main', -0.55, 0.46, -0.82, 0.64, -0.6, 0.42),
      plate('main', -0.55, 0.46, -0.5, 0.74, -0.62, 0.47),
      oval('pale', 0.32, 0.16, 0.22, 0.09),
      plate('main', 0.1, 0.12, -0.14, -0.1, 0.22, 0.08),
      oval('dark', 0.42, 0.32, 0.02, 0.02),
    ],
    main: 0x38587c,
    second: 0xffffff,
    size: 0.34,
    lift: 0.15,
  },
} as const satisfies Record<string, Shape>;
