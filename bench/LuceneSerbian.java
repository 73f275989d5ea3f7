import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.sr.SerbianNormalizationFilter;
import org.apache.lucene.analysis.core.LowerCaseFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.*;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.store.*;
import org.apache.lucene.util.*;

/**
 * Analyses, then indexes, on one thread, the rows of a file (title TAB heading TAB text) with what Elasticsearch calls its
 * Serbian analyser without stop words. Prints tokens and sections a second of processor time, of the last pass of each.
 */
public class LuceneSerbian {
  static long cpu() { return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }
  public static void main(String[] args) throws Exception {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[0]), StandardCharsets.UTF_8)) rows.add(line.split("\t", -1));
    Analyzer serbian = new Analyzer() {
      @Override protected TokenStreamComponents createComponents(String field) {
        Tokenizer source = new StandardTokenizer();
        TokenStream s = new LowerCaseFilter(source);
        s = new SnowballFilter(s, new org.tartarus.snowball.ext.SerbianStemmer());
        s = new SerbianNormalizationFilter(s);
        return new TokenStreamComponents(source, s);
      }
    };
    for (int pass = 0; pass < 4; pass++) {
      long tokens = 0, start = cpu();
      for (String[] row : rows) for (String text : row) try (TokenStream stream = serbian.tokenStream("f", text)) {
        stream.addAttribute(CharTermAttribute.class);
        stream.reset(); while (stream.incrementToken()) tokens++; stream.end();
      }
      double took = (cpu() - start) / 1e9;
      if (pass == 3) System.out.printf(Locale.ROOT, "%.0f%n", tokens / took);
    }
    for (int pass = 0; pass < 3; pass++) {
      Path folder = Files.createTempDirectory("lucene");
      IndexWriterConfig config = new IndexWriterConfig(serbian).setRAMBufferSizeMB(64).setMergeScheduler(new SerialMergeScheduler());
      long start = cpu();
      try (Directory directory = FSDirectory.open(folder); IndexWriter writer = new IndexWriter(directory, config)) {
        int n = 0;
        for (String[] row : rows) {
          Document d = new Document();
          d.add(new StringField("id", Integer.toString(n++), Field.Store.YES));
          d.add(new TextField("title", row[0], Field.Store.YES));
          d.add(new TextField("heading", row[1], Field.Store.YES));
          d.add(new TextField("text", row[2], Field.Store.YES));
          writer.addDocument(d);
        }
        writer.commit();
      }
      double took = (cpu() - start) / 1e9;
      if (pass == 2) System.out.printf(Locale.ROOT, "%.0f%n", rows.size() / took);
      try (var files = Files.list(folder)) { for (Path f : (Iterable<Path>) files::iterator) Files.delete(f); }
      Files.delete(folder);
    }
  }
}
