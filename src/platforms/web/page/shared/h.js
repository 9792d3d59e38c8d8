/**
 * Elements and components as preact makes them, with what they are given checked: preact's own types take a prop that a
 * component does not know for one more that somebody may want, and anything at all for a child.
 */
/** @import { Attributes, ComponentChildren, JSX, VNode } from 'preact' */
import { h as create } from 'preact';

/**
 * What can be shown. No function: it was to be called.
 *
 * @typedef {VNode<any> | string | number | bigint | boolean | null | undefined | Child[]} Child
 */

/** @typedef {keyof JSX.IntrinsicElements} Tag */

/** @template Props @typedef {(props: Props) => ComponentChildren} Component */

/**
 * @template Type
 * @typedef {Type extends Tag
 *   ? JSX.IntrinsicElements[Type]
 *   : Type extends Component<infer Props> ? Attributes & Props : never} PropsOf
 */

/**
 * None for a component that does not take them.
 *
 * @template Type
 * @typedef {Type extends Component<infer Props> ? ('children' extends keyof Props ? Child[] : []) : Child[]} ChildrenOf
 */

/** @type {<Type extends Tag | Component<any>>(type: Type, props: PropsOf<Type>, ...children: ChildrenOf<Type>) => VNode} */
export const h = create;
