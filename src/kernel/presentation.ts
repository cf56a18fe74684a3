/**
 * The version of the presentation of the same data. Increment it with every change by which an unchanged release is
 * shown differently: another decision of the language, another name of a state, another date format. Copies made by
 * another version then start again once, and feeds are not treated as unchanged.
 *
 * It is a constant of the program and does not include the CLDR data of Node: nodes with different versions of Node
 * behind one load balancer must not invalidate each other's cursors. Increment it with an upgrade of Node that changes
 * date formats; tests/unit/kernel/presentation.test.ts fails if either was forgotten.
 *
 * 1: one tag at a time, names of states by CLDR. 2: the whole list, refused languages, the OAS's names, 1er, 1.º and
 * 1º.
 */
export const PRESENTATION = 2;
