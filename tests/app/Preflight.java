import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/** A line for each fault that PDFBox finds in files as PDF/A-1b. */
class Preflight {
    static ValidationResult judged(File file) throws Exception {
        PreflightParser parser = new PreflightParser(file);
        try {
            parser.parse();
        } catch (SyntaxValidationException fault) {
            return fault.getResult();
        }
        try (PreflightDocument document = parser.getPreflightDocument()) {
            document.validate();
            return document.getResult();
        }
    }

    public static void main(String[] paths) throws Exception {
        for (String path : paths) {
            for (ValidationResult.ValidationError fault
                    : judged(new File(path)).getErrorsList()) {
                System.out.println(path + "\t" + fault.getErrorCode() + "\t"
                        + fault.getDetails());
            }
        }
    }
}
