package dev.vboard.model.core;

/** Room in a segment for what a power domain holds in another one. */
public final class ContentsCopy {
    private final int slot;
    private final int firstWord;
    private final int ofSlot;
    private final int[] words;

    /** See {@link Layout#contentsCopy}. */
    ContentsCopy(int slot, int at, Shape of, int powerDomain) {
        this.slot = slot;
        firstWord = at >> 6;
        ofSlot = of.slot();
        words = of.wordsIn(powerDomain);
    }

    /** Copies what the domain holds now. */
    public void take(Board board) {
        board.gather(ofSlot, words, slot, firstWord);
    }

    /** Gives a board the contents that the copy in another one has. */
    public void give(Board from, Board to) {
        for (int i = 0; i < words.length; i++) {
            to.write(ofSlot, words[i], from.word(slot, firstWord + i));
        }
    }
}
