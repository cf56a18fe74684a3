/**
 * The version of what readers are shown of the same data. Raise it by one in every change by which a release that has
 * not changed is shown otherwise: another decision of the language, another name of a state, another way to write a
 * date. Copies made by another version then begin anew, once, and feeds are not taken for unchanged.
 *
 * It is a constant of the program and leaves out the CLDR of Node: nodes with different Nodes behind one balancer must
 * not undo each other's cursors. Raise it with an upgrade of Node that prints dates otherwise;
 * tests/unit/kernel/presentation.test.ts fails where the one or the other was forgotten.
 *
 * 1: one tag at a time, names of states by CLDR. 2: the whole list, refused languages, the OAS's names, 1er, 1.º and 1º.
 */
export const PRESENTATION = 2;
