"""Everything that can go wrong, in one place.

* PostloanError
  - UnreadableFile             the bytes are not a document we can open
    + EmptyFile
    + NotADocument             the content is no kind of paper at all
    + DamagedFile              begins like a document, cannot be read to the end
    + PasswordProtected
    + TooLarge                 bytes or pixels beyond the limit
    + TooManyPages
    + Bomb                     small outside, huge inside
    + Unsupported              a real document of a kind we do not open (yet)
    + TookTooLong              reading did not end within the limit of time or memory
    + ReaderDied               the reading process ended without an answer
  - NotFound                   nothing on file under this name
    + NotKept                  the blob store has no such bytes
  - AlreadyThere               the name is taken by something else
  - Refused                    what was asked makes no sense; the detail says why
  - NotAllowed                 the caller may not do this
  - NotSignedIn                the caller did not say who they are
  - BackendUnavailable         a store, index or OCR engine did not answer
  - IndexBusy                  another process is writing the search index
  - UnknownScheme              an address we have no implementation for

Each says what happened (``says``), to what (the detail), what the person can do (``remedy``), in English and Chinese.
The status code is decided in ``api/problems.py``, by class.
"""

from __future__ import annotations

from typing import ClassVar


class PostloanError(Exception):
    """Something went wrong that a person should hear about in a whole sentence."""

    code: ClassVar[str] = "error"
    says: ClassVar[str] = "Something went wrong"
    says_zh: ClassVar[str] = "出错了"
    remedy: ClassVar[str] = "Try again; if it stays, tell the operator."
    remedy_zh: ClassVar[str] = "请重试；若仍出现，请联系管理员。"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.says}: {self.detail}" if self.detail else f"{self.says}."

    @property
    def message_zh(self) -> str:
        return f"{self.says_zh}：{self.detail}" if self.detail else f"{self.says_zh}。"


class UnreadableFile(PostloanError):
    """The bytes are not a document we can open. The original is kept all the same."""

    code = "unreadable"
    says = "The file cannot be read"
    says_zh = "文件无法读取"
    remedy = "Open it yourself; if it shows a paper, print it to PDF and upload that."
    remedy_zh = "请自行打开核对；若能看到内容，请打印为 PDF 后重新上传。"


class EmptyFile(UnreadableFile):
    """There are no bytes, or no page with anything on it."""

    code = "empty"
    says = "The file is empty"
    says_zh = "文件是空的"
    remedy = "Export or scan it again and upload the new file."
    remedy_zh = "请重新导出或扫描后再上传。"


class NotADocument(UnreadableFile):
    """The content is no kind of paper, whatever the name says."""

    code = "not_a_document"
    says = "The content is not a document"
    says_zh = "内容不是单据"
    remedy = "Check that the right file was chosen: PDF, picture, Excel, CSV, Word or text."
    remedy_zh = "请核对是否选错文件：应为 PDF、图片、Excel、CSV、Word 或文本。"


class DamagedFile(UnreadableFile):
    """Begins like a document and cannot be read to the end."""

    code = "damaged"
    says = "The file is damaged"
    says_zh = "文件已损坏"
    remedy = "Ask the sender for it again, or download it again, and upload the new copy."
    remedy_zh = "请让对方重新发送或重新下载后再上传。"


class PasswordProtected(UnreadableFile):
    """The file is protected with a password that we were not given, or that does not fit."""

    code = "password_protected"
    says = "The file is protected with a password"
    says_zh = "文件有密码保护"
    remedy = "Give the password with the upload, or remove it and upload the file again."
    remedy_zh = "请在上传时填写密码，或去掉密码后重新上传。"


class TooLarge(UnreadableFile):
    """More bytes or pixels than the limit."""

    code = "too_large"
    says = "The file is too large"
    says_zh = "文件过大"
    remedy = "Scan at 200 to 300 dpi, or split it, and upload the parts."
    remedy_zh = "请以 200–300 dpi 扫描，或拆分后分别上传。"


class TooManyPages(UnreadableFile):
    """More pages than the limit."""

    code = "too_many_pages"
    says = "The file has too many pages"
    says_zh = "文件页数过多"
    remedy = "Split it and upload the parts."
    remedy_zh = "请拆分后分别上传。"


class Bomb(UnreadableFile):
    """Small outside and huge inside: opening it would exhaust the machine."""

    code = "bomb"
    says = "The file would unpack to far more than its size allows"
    says_zh = "文件展开后远超合理大小"
    remedy = "Do not open it. Ask the sender what it is."
    remedy_zh = "请勿打开，先向发送人核实来源。"


class Unsupported(UnreadableFile):
    """A real document of a kind that is not opened here."""

    code = "unsupported"
    says = "This kind of file is not opened here"
    says_zh = "暂不支持这种文件"
    remedy = "Convert it to PDF, or take the papers out and upload them one by one."
    remedy_zh = "请转换为 PDF，或取出其中的单据逐份上传。"


class TookTooLong(UnreadableFile):
    """Reading did not end within its limit of time or memory and was stopped."""

    code = "took_too_long"
    says = "Reading the file exceeded its limit"
    says_zh = "读取超出限制，已停止"
    remedy = "Split it into smaller parts, or scan it at a lower resolution, and upload again."
    remedy_zh = "请拆分或降低扫描分辨率后重新上传。"


class ReaderDied(UnreadableFile):
    """The process that read the file ended without an answer."""

    code = "reader_died"
    says = "The reader stopped while reading the file"
    says_zh = "读取程序中途退出"
    remedy = "Print the file to PDF and upload that; the original is kept for the operator to look at."
    remedy_zh = "请打印为 PDF 后重新上传；原件已保留，供管理员排查。"


class NotFound(PostloanError):
    """Nothing is on file under this name (or the caller may not know that there is)."""

    code = "not_found"
    says = "Nothing on file"
    says_zh = "没有找到"
    remedy = "Check the number; it may belong to another branch."
    remedy_zh = "请核对编号；也可能属于其他机构。"


class NotKept(NotFound):
    """The blob store has no bytes under this digest."""

    code = "not_kept"
    says = "No bytes are kept under this name"
    says_zh = "没有保存该内容"


class AlreadyThere(PostloanError):
    """The name is taken by something else."""

    code = "already_there"
    says = "It is there already, and different"
    says_zh = "已存在且内容不同"
    remedy = "Use PUT to change it, or choose another number."
    remedy_zh = "如需修改请用更新操作，或换一个编号。"


class Refused(PostloanError):
    """What was asked makes no sense; the detail says why."""

    code = "refused"
    says = "This cannot be done"
    says_zh = "无法执行"
    remedy = "Correct the request and send it again."
    remedy_zh = "请更正后重新提交。"


class NotSignedIn(PostloanError):
    """The caller did not say who they are, or the token is not valid."""

    code = "not_signed_in"
    says = "Sign in first"
    says_zh = "请先登录"
    remedy = "Send a valid token: Authorization: Bearer …, or open the sign-in link."
    remedy_zh = "请携带有效令牌（Authorization: Bearer …），或打开登录链接。"


class NotAllowed(PostloanError):
    """The caller is known and may not do this."""

    code = "not_allowed"
    says = "You may not do this"
    says_zh = "没有权限"
    remedy = "Ask an administrator for the right to do it."
    remedy_zh = "请向管理员申请相应权限。"


class BackendUnavailable(PostloanError):
    """A store, an index or an OCR engine did not answer."""

    code = "backend_unavailable"
    says = "A part of the service does not answer"
    says_zh = "服务的一个组成部分没有响应"
    remedy = "Try again in a minute; uploads are kept and nothing is lost."
    remedy_zh = "请稍后重试；已上传的内容不会丢失。"


class IndexBusy(PostloanError):
    """Another process holds the right to write the search index; there is exactly one writer at a time."""

    code = "index_busy"
    says = "Another process is writing the search index"
    says_zh = "另一个进程正在写入检索索引"
    remedy = "Let it finish, or stop it, and start again; searching goes on meanwhile."
    remedy_zh = "请等待其完成，或先停止该进程后重试；检索不受影响。"


class UnknownScheme(PostloanError):
    """An address begins with something we have no implementation for."""

    code = "unknown_scheme"
    says = "The address is of an unknown kind"
    says_zh = "地址类型未知"
    remedy = "See the settings page of the README for the known kinds."
    remedy_zh = "请参阅 README 的设置说明。"
