/** Checks one plain input value as ComfyUI's `validate_inputs` does: type, bounds, choices. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { InputSpec } from '../nodes/node.ts';
import { specJson } from '../nodes/object-info.ts';
import { ConversionError, floatStr, repr, str, toBool, toFloat, toInt } from './python.ts';

export interface InputError extends JsonObject {
  type: string;
  message: string;
  details: string;
  extra_info: JsonObject;
}

/** Longer lists are not sent back. */
const LONG_LIST = 20;

/** The value as the node gets it, or what is wrong. `checked: false`: the class checks this input itself. */
export function checkInput(
  name: string,
  spec: InputSpec,
  given: Json,
  checked: boolean,
): { value: Json } | { error: InputError } {
  const [type] = spec;
  const raw = isJsonObject(given) && '__value__' in given ? (given['__value__'] ?? null) : given;
  let value: Json;
  try {
    value = convert(type, raw);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    return {
      error: inputError(name, spec, raw, {
        type: 'invalid_input_type',
        message: `Failed to convert an input value to a ${str(typeof type === 'string' ? type : [...type])} value`,
        details: `${name}, ${str(raw)}, ${error.message}`,
        extra: { exception_message: error.message },
      }),
    };
  }
  const error = checked ? outOfBounds(name, spec, value) : undefined;
  return error ? { error } : { value };
}

function convert(type: InputSpec[0], value: Json): Json {
  if (type === 'INT') return toInt(value);
  if (type === 'FLOAT') return toFloat(value);
  if (type === 'STRING') return str(value);
  if (type === 'BOOLEAN') return toBool(value);
  return value;
}

/** The choices of a drop-down, which comes in two spellings: a list as the type, or `COMBO` with `options`. */
function choicesOf([type, options]: InputSpec): Json[] | undefined {
  if (typeof type !== 'string') return [...type];
  const list = type === 'COMBO' ? options?.['options'] : undefined;
  return Array.isArray(list) ? list : undefined;
}

function outOfBounds(name: string, spec: InputSpec, value: Json): InputError | undefined {
  const { min, max } = spec[1] ?? {};
  if (isNumber(value)) {
    const show = (number: number | bigint): string =>
      spec[0] === 'FLOAT' ? floatStr(Number(number)) : number.toString();
    if (isNumber(min) && value < min) {
      const message = `Value ${show(value)} smaller than min of ${show(min)}`;
      return inputError(name, spec, value, { type: 'value_smaller_than_min', message, details: name });
    }
    if (isNumber(max) && value > max) {
      const message = `Value ${show(value)} bigger than max of ${show(max)}`;
      return inputError(name, spec, value, { type: 'value_bigger_than_max', message, details: name });
    }
  }
  const choices = choicesOf(spec);
  if (!choices || choices.includes(value)) return undefined;
  const long = choices.length > LONG_LIST;
  return inputError(name, spec, value, {
    type: 'value_not_in_list',
    message: 'Value not in list',
    details: `${name}: '${str(value)}' not in ${long ? `(list of length ${choices.length})` : repr(choices)}`,
    ...(long ? { extra: { input_config: null } } : {}),
  });
}

export function inputError(
  name: string,
  spec: InputSpec,
  received: Json,
  error: { type: string; message: string; details: string; extra?: JsonObject },
): InputError {
  const { type, message, details, extra } = error;
  return {
    type,
    message,
    details,
    extra_info: { input_name: name, input_config: specJson(spec), received_value: received, ...extra },
  };
}

function isNumber(value: Json | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
