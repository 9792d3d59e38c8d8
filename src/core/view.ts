/**
 * What a reply shows, before any platform has dressed it. Every string is plain text: a platform escapes them all
 * and adds its own formatting.
 */
import type { MediaFile } from './run.ts';

export interface Button {
  action: 'cancel' | 'again' | 'all';
  job: string;
  label: string;
}

export interface View {
  tone: 'waiting' | 'working' | 'done' | 'failed' | 'cancelled';
  /** What the job is about, usually the prompt: a person's words. */
  title: string;
  /** One line on where it stands: "2nd in line: …", "Done in 12 s". */
  status: string;
  /** Below it, in one line and only on the way: what the backend says it is doing, in its own words. */
  said?: string | undefined;
  /** 0 to 1; only while it runs. */
  fraction?: number | undefined;
  /** The values that were used, the seed among them. */
  facts: { name: string; value: string }[];
  /** Text outputs, and notes on files that could not be attached. */
  notes: string[];
  /** Addresses that Easel itself serves and that stand in `notes`: nothing else in a view can be followed. */
  links?: readonly string[] | undefined;
  /** Said in one line, as long as a demo painter draws instead of a model: that it does, and how that changes. */
  demo?: string | undefined;
  buttons: Button[];
  /** Without formatting of any kind: a platform has refused that, or our own rendering has failed. */
  plain?: true | undefined;
  /** A small picture of how far it is. */
  preview?: MediaFile | undefined;
}
