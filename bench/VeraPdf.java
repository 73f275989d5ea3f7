// Checks PDF files against PDF/UA-1 with veraPDF's libraries, which the bench is told of:
// java -cp 'FOLDER/*' bench/VeraPdf.java FILE...
import java.io.FileInputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class VeraPdf {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        int failed = 0;
        Map<String, Integer> rules = new TreeMap<>();
        for (String file : files) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), PDFAFlavour.PDFUA_1)) {
                ValidationResult result = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false).validate(parser);
                if (result.isCompliant()) continue;
                failed++;
                Set<String> broken = new TreeSet<>();
                for (TestAssertion one : result.getTestAssertions()) {
                    if (one.getStatus() == TestAssertion.Status.FAILED) broken.add(one.getRuleId().getClause() + ": " + one.getMessage());
                }
                for (String rule : broken) rules.merge(rule, 1, Integer::sum);
            }
        }
        System.out.println(failed + " of " + files.length + " files are not PDF/UA-1");
        rules.forEach((rule, number) -> System.out.println(number + " x " + rule));
        System.exit(failed > 0 ? 1 : 0);
    }
}
